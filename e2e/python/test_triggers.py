import pytest
from composio.exceptions import TriggerTypeNotFound
from composio_client import BadRequestError, NotFoundError

NOTE = "KEYED_NOTE_WRITTEN"


def test_trigger_types_are_listed_and_got(composio):
    assert "GITHUB_COMMIT_EVENT" in [item.slug for item in composio.triggers.list(toolkit_slugs=["github"]).items]
    found = composio.triggers.get_type("github_commit_event")
    assert (found.slug, found.toolkit.slug) == ("GITHUB_COMMIT_EVENT", "github")
    assert NOTE in composio.triggers.list_enum()
    with pytest.raises(TriggerTypeNotFound):
        composio.triggers.create(slug="GITHUB_NO_SUCH_EVENT", user_id="anybody")


def test_an_instance_is_made_found_switched_and_deleted(composio, connect_keyed, user):
    account = connect_keyed(user)
    triggers = composio.triggers
    made = triggers.create(slug=NOTE, user_id=user, trigger_config={"prefix": user})
    again = triggers.create(slug=NOTE, connected_account_id=account, trigger_config={"prefix": user})
    assert made.trigger_id == again.trigger_id
    [found] = triggers.list_active(trigger_ids=[made.trigger_id], trigger_names=[NOTE]).items
    assert (found.connected_account_id, found.disabled_at) == (account, None)
    triggers.disable(trigger_id=made.trigger_id)
    assert triggers.list_active(trigger_ids=[made.trigger_id]).items == []
    triggers.enable(trigger_id=made.trigger_id)
    assert triggers.delete(trigger_id=made.trigger_id).trigger_id == made.trigger_id
    with pytest.raises(NotFoundError):
        triggers.delete(trigger_id=made.trigger_id)


def test_settings_that_a_type_does_not_have_are_refused(composio, connect_keyed, user):
    connect_keyed(user)
    with pytest.raises(BadRequestError):
        composio.triggers.create(slug=NOTE, user_id=user, trigger_config={"prefixes": "x"})
