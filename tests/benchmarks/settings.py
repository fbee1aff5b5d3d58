"""The product's settings with two references beside its pages; nothing here is reachable in the product."""

from mingtang.config.settings import *  # noqa: F403 - the product's settings, all of them
from mingtang.config.settings import MIDDLEWARE as PRODUCT

ROOT_URLCONF = "tests.benchmarks.urls"
MIDDLEWARE = ["tests.benchmarks.urls.bare", *PRODUCT]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in with a password here
