package dev.gatehouse.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.InputStream;
import java.io.OutputStream;

/** A function's handler in the form that suits all: bytes in, bytes out. */
@FunctionalInterface
interface Handler {

  void handle(InputStream in, OutputStream out, Context context) throws Throwable;
}
