"""What the site says to whoever looks after it: on the standard error, with the time."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "dated": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "dated"},
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    # Django's own handlers stay silent unless debugging: an error would be seen by nobody.
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
