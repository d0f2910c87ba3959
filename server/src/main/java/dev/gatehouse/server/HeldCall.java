package dev.gatehouse.server;

import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;

/** A call whose body has been read, to be read again by whom it is for. */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record HeldCall(HttpCall call, byte[] bytes) {

  /** Holds a body that is in memory already, since its signature has been checked. */
  static HeldCall of(HttpCall call) throws IOException {
    byte[] bytes = call.body().readAllBytes();
    return new HeldCall(call.with(bytes), bytes);
  }
}
