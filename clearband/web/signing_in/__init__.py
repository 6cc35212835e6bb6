"""Who asks: everybody is one person in local mode; or a session of OpenID Connect, or a token of the API."""
