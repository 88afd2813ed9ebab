"""How one gets an account: an administrator makes it. Nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """allauth with sign-up closed."""

    def is_open_for_signup(self, request):
        return False
