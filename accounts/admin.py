from django.contrib import admin

from accounts.models import Membership, Organisation, User

admin.site.register([Membership, Organisation])
admin.site.register(User, exclude=["password"])
