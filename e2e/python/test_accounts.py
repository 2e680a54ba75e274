import pytest
from composio.exceptions import (
    ComposioAclOnlyForSharedError,
    ComposioConnectedAccountRevocationNotSupportedError,
    ComposioMultipleConnectedAccountsError,
)
from composio_client import NotFoundError


def test_a_user_signs_in_on_real_screens_and_their_session_acts_as_them(composio, sign_in, user):
    session = composio.create(user_id=user, toolkits=["github"])
    request = session.authorize("github")
    sign_in(request.redirect_url)
    account = request.wait_for_connection(15)
    assert account.status == "ACTIVE"
    answer = session.execute("GITHUB_GET_THE_AUTHENTICATED_USER")
    assert answer.data["login"] == "hubot"
    waited = composio.connected_accounts.wait_for_connection(account.id, timeout=5)
    assert waited.id == account.id


def test_a_toolkit_is_authorised_without_a_session(composio, sign_in, user):
    request = composio.toolkits.authorize(user_id=user, toolkit="github")
    sign_in(request.redirect_url)
    assert request.wait_for_connection(15).status == "ACTIVE"


def test_an_auth_config_is_made_listed_changed_switched_and_deleted(composio):
    options = {"type": "use_custom_auth", "auth_scheme": "API_KEY", "credentials": {}}
    config = composio.auth_configs.create("keyed", options)
    assert (config.auth_scheme, config.is_composio_managed) == ("API_KEY", False)
    assert config.id in [item.id for item in composio.auth_configs.list(toolkit_slug="keyed").items]
    composio.auth_configs.update(config.id, options={"type": "custom", "credentials": {}})
    composio.auth_configs.disable(config.id)
    assert composio.auth_configs.get(config.id).status == "DISABLED"
    composio.auth_configs.enable(config.id)
    assert composio.auth_configs.get(config.id).status == "ENABLED"
    composio.auth_configs.delete(config.id)
    with pytest.raises(NotFoundError):
        composio.auth_configs.get(config.id)


def test_an_account_is_listed_named_switched_and_deleted(composio, connect_keyed, user):
    accounts = composio.connected_accounts
    account = connect_keyed(user)
    assert [item.id for item in accounts.list(user_ids=[user]).items] == [account]
    accounts.update(account, alias="mine")
    assert accounts.get(account).alias == "mine"
    accounts.disable(account)
    assert accounts.get(account).is_disabled
    accounts.enable(account)
    assert not accounts.get(account).is_disabled
    with pytest.raises(ComposioConnectedAccountRevocationNotSupportedError):
        accounts.revoke(account)
    assert accounts.delete(account).success
    with pytest.raises(NotFoundError):
        accounts.get(account)


def test_a_second_account_has_to_be_wanted(composio, connect_keyed, user):
    connect_keyed(user)
    with pytest.raises(ComposioMultipleConnectedAccountsError):
        connect_keyed(user)
    connect_keyed(user, "grace", allow_multiple=True, alias="hers")
    session = composio.create(user_id=user, toolkits=["keyed"], multi_account={"enable": True})
    assert session.execute("KEYED_WHO_AM_I", account="hers").data == {"name": "grace"}


def test_an_account_is_linked_by_a_page(composio, user):
    options = {"type": "use_custom_auth", "auth_scheme": "API_KEY", "credentials": {}}
    config = composio.auth_configs.create("keyed", options)
    request = composio.connected_accounts.link(user, config.id, callback_url="https://app.example/done")
    assert "/link/" in request.redirect_url
    assert composio.connected_accounts.get(request.id).status == "INITIALIZING"


def test_an_account_is_shared_by_a_list_and_a_private_one_is_not(composio, sign_in, connect_keyed, user):
    sharing = {"account_type": "SHARED", "acl_config_for_shared": {"allow_all_users": False}}
    owner = composio.create(user_id=user, toolkits=["github"])
    request = owner.authorize("github", experimental=sharing)
    sign_in(request.redirect_url)
    account = request.wait_for_connection(15).id
    composio.connected_accounts.update_acl(account, allowed_user_ids=[f"{user}_guest"])
    shared = composio.connected_accounts.get(account).experimental
    assert shared.account_type == "SHARED"
    assert shared.acl_config_for_shared.allowed_user_ids == [f"{user}_guest"]
    guest = composio.create(
        user_id=f"{user}_guest", toolkits=["github"], connected_accounts={"github": account}
    )
    assert guest.execute("GITHUB_GET_THE_AUTHENTICATED_USER").data["login"] == "hubot"
    with pytest.raises(ComposioAclOnlyForSharedError):
        composio.connected_accounts.update_acl(connect_keyed(f"{user}_other"), allow_all_users=True)
