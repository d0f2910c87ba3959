package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/** TLS towards a private integration; its presence switches the integration to https. */
public record TlsConfig(@Nullable String serverNameToVerify) {}
