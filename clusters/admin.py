from django.contrib import admin

from clusters.models import Cluster, ClusterFigure, ClusterMembership, EmploymentTable

admin.site.register([Cluster, ClusterFigure, ClusterMembership, EmploymentTable])
