from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"

    def ready(self) -> None:
        from activity import events
        from indicators.composite import work

        work.register()
        events.register({"index.taken": _("{by} gave the index {index} to be built.")})
