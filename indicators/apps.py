from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "indicators"

    def ready(self) -> None:
        from activity import events
        from indicators import work
        from indicators.composite import work as composite

        work.register()
        composite.register()
        events.register(
            {
                "dataset.made": _("{by} made the dataset {dataset}."),
                "dataset.described": _("{by} changed what is said of the dataset {dataset}."),
                "import.uploaded": _("{by} uploaded {file} for {dataset}."),
                "import.committed": _(
                    "{by} loaded {file} into {dataset}; observations stored: {stored}."
                ),
                "import.discarded": _(
                    "{by} discarded {file}, which was not loaded into {dataset}."
                ),
                "import.undone": _("{by} undid {file} in {dataset}: {because}"),
                "index.taken": _("{by} gave the index {index} to be built."),
            }
        )
