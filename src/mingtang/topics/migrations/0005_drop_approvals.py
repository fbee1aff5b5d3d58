"""What moved to `platform.signing` goes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('topics', '0004_chains'),
    ]

    operations = [
        migrations.DeleteModel(name='Approval'),
        migrations.DeleteModel(name='ApprovalLevel'),
    ]
