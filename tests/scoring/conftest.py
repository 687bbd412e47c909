from hypothesis import settings

# Time is measured by the benches; on a busy machine a deadline only fails now and then.
settings.register_profile("scoring")
settings.load_profile("scoring")
