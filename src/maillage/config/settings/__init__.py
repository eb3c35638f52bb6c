"""Django settings, one module per subject; `maillage.config.environment` reads the environment.

A clone runs without any variable set. What an installation may choose is listed, with its
default, in `docs/reference/settings.md`.
"""

from maillage.config.settings.apps import *  # noqa: F403 -- settings are the sum of their parts
from maillage.config.settings.background import *  # noqa: F403
from maillage.config.settings.database import *  # noqa: F403
from maillage.config.settings.languages import *  # noqa: F403
from maillage.config.settings.logs import *  # noqa: F403
from maillage.config.settings.mail import *  # noqa: F403
from maillage.config.settings.security import *  # noqa: F403
from maillage.config.settings.sign_in import *  # noqa: F403
from maillage.config.settings.static import *  # noqa: F403
from maillage.config.settings.templates import *  # noqa: F403
