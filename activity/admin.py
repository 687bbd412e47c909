from django.contrib import admin

from activity.models import Comment, Event, Job, Notification, NotificationChoice

admin.site.register([Comment, Job, Notification, NotificationChoice])


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    def get_queryset(self, request):
        """Administrators see what happened to people; what happened in a round is its country's."""
        events = super().get_queryset(request)
        return events if request.user.is_superuser else events.filter(topic="people")
