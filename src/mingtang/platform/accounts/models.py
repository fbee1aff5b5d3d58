"""Tables of who is who. Contact data of citizens is not here but with what they were given for."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from mingtang.kernel.text import Text, spoken_language
from mingtang.platform.actor import ROLE_LABELS, Role


class Government(models.Model):
    """A district government: the tenant, chosen by host name; the shard key of every top-level row."""

    host = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    site_name = models.CharField(max_length=80)
    site_name_en = models.CharField(max_length=120)
    code_prefix = models.CharField(max_length=6, default="MT")
    site_id_code = models.CharField(max_length=10, default="0000000000")
    icp = models.CharField(max_length=60, blank=True)
    police_no = models.CharField(max_length=60, blank=True)
    host_org = models.CharField(max_length=80, blank=True)
    host_org_en = models.CharField(max_length=120, blank=True)
    operator_org = models.CharField(max_length=80, blank=True)
    operator_org_en = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=160, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    hours = models.CharField(max_length=80, blank=True)
    hours_en = models.CharField(max_length=120, blank=True)
    mark_url = models.URLField(max_length=300, blank=True)

    class Meta:
        db_table = "mt_government"

    def __str__(self) -> str:
        return self.name if spoken_language() == "zh" else self.name_en or self.name


class Department(models.Model):
    """A department of the government; one of them is the government office (区政府办)."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    abbreviation = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_office = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "mt_department"
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["government", "name"], name="mt_department_name_uq"),
        ]

    def __str__(self) -> str:
        return self.name if spoken_language() == "zh" else self.name_en or self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people for sign-in; creates them for tests and commands."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Person:
        """A new active person with a usable password when one is given."""
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in: staff with roles, or a citizen with an optional account."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=60)
    government = models.ForeignKey(Government, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    job_title = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=2, default="zh")
    is_active = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "mt_person"

    def __str__(self) -> str:
        return self.name or self.username


class Assignment(models.Model):
    """A role held by a person, for one department or the whole government, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "mt_assignment"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "role", "department", "since_on"], name="mt_assignment_uq"),
            models.CheckConstraint(condition=models.Q(role__in=sorted(Role)), name="mt_assignment_role_ck"),
        ]

    def __str__(self) -> str:
        return str(self.role_label)

    @property
    def role_label(self) -> Text:
        """The role's name."""
        return ROLE_LABELS[Role(self.role)]
