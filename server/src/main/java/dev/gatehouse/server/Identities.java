package dev.gatehouse.server;

import dev.gatehouse.iam.Directory;
import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Callers;
import dev.gatehouse.identity.Credentials;
import dev.gatehouse.identity.KeySecrets;
import dev.gatehouse.identity.MasterSecret;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.identity.SignedRequests;
import dev.gatehouse.identity.TemporaryCredentials;
import dev.gatehouse.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Who there is, and what they may do: put together once, asked by every service.
 *
 * @param sessions temporary credentials
 * @param secrets of keys that are made by call
 * @param directory users, roles and policies
 * @param permissions what the policies say
 * @param access lets control calls and calls for objects go on
 * @param authenticator tells who makes them
 * @param callers tells who calls APIs
 */
record Identities(
    TemporaryCredentials sessions,
    KeySecrets secrets,
    Directory directory,
    Permissions permissions,
    AccessCheck access,
    Authenticator authenticator,
    Callers callers) {

  static Identities open(
      ControlAccess who, Store store, Path data, InstantSource clock, RandomGenerator random)
      throws IOException {
    MasterSecret master = MasterSecret.open(data.resolve("master-secret"), random);
    TemporaryCredentials sessions = new TemporaryCredentials(master, clock, random);
    KeySecrets secrets = new KeySecrets(master);
    Directory directory = new Directory(store, secrets, who.open(), who.access().policies());
    directory.start();
    Permissions permissions = new Permissions(directory, clock);
    Credentials credentials = who.keys().or(directory).or(sessions);
    return new Identities(
        sessions,
        secrets,
        directory,
        permissions,
        who.open() ? new AccessCheck.Open() : AccessCheck.by(permissions),
        who.authenticator(credentials, clock),
        new Callers(new SignedRequests(credentials, clock), permissions));
  }
}
