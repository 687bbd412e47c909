from django.contrib import admin

from clusters.models import Cluster, ClusterMembership

admin.site.register([Cluster, ClusterMembership])
