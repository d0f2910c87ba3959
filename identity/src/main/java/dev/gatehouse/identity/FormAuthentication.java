package dev.gatehouse.identity;

/** What authenticating a form upload came to. */
public sealed interface FormAuthentication {

  /**
   * The form is from this caller, and its policy holds for all its fields.
   *
   * @param least bytes that the file has to have
   * @param most bytes that it may have
   */
  record Authenticated(Caller caller, long least, long most) implements FormAuthentication {}

  record Refused(Authentication.Refused why) implements FormAuthentication {}
}
