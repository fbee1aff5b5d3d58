"""That somebody is one real person, proved by an identity provider (OpenID Connect), without keeping who."""
