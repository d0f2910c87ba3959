package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Turns a call whose signature is good into one whose body is checked as it is read: its hash, its
 * chunk signatures, its checksums. The framing of {@code aws-chunked} is gone from body and
 * headers.
 */
public final class PayloadChecks {
  private PayloadChecks() {}

  /**
   * The call to go on with. Reading its body throws {@link PayloadRejected} where the body is not
   * what the call says.
   *
   * @throws PayloadRejected where the headers alone show that it can't be
   */
  public static HttpCall apply(HttpCall call, Payload payload, Supplier<ChunkSigner> signer)
      throws PayloadRejected {
    List<BodyCheck> checks = new ArrayList<>();
    for (Headers.Header line : call.headers().lines()) {
      ChecksumAlgorithm.ofHeader(line.name())
          .ifPresent(a -> checks.add(new ChecksumCheck(a, () -> Optional.of(line.value()))));
    }
    return switch (payload) {
      case Payload.Unsigned _ -> with(call, call.body(), call.headers(), call.bodyLength(), checks);
      case Payload.Hashed(String hash) -> {
        checks.add(new HashCheck(hash));
        yield with(call, call.body(), call.headers(), call.bodyLength(), checks);
      }
      case Payload.Chunked chunked -> chunked(call, chunked, signer, checks);
      case Payload.Unknown(String text) ->
          throw new PayloadRejected(
              400,
              "InvalidArgument",
              "x-amz-content-sha256 has a value that is not known: " + text);
    };
  }

  private static HttpCall chunked(
      HttpCall call, Payload.Chunked payload, Supplier<ChunkSigner> signer, List<BodyCheck> checks)
      throws PayloadRejected {
    AwsChunkedBody body =
        new AwsChunkedBody(call.body(), payload.signed() ? signer.get() : null, payload.trailer());
    long length = decodedLength(call.headers());
    checks.add(new LengthCheck(length));
    if (payload.trailer()) {
      for (String name : call.headers().first("x-amz-trailer").orElse("").split(",")) {
        ChecksumAlgorithm.ofHeader(name.strip())
            .ifPresent(
                a -> checks.add(new ChecksumCheck(a, () -> body.trailers().first(a.header()))));
      }
    }
    return with(call, body, unframed(call.headers()), length, checks);
  }

  private static long decodedLength(Headers headers) throws PayloadRejected {
    String length = headers.first("x-amz-decoded-content-length").orElse("");
    if (!length.matches("[0-9]{1,15}")) {
      throw new PayloadRejected(
          411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    return Long.parseLong(length);
  }

  private static Headers unframed(Headers headers) {
    String encodings =
        headers.all("Content-Encoding").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(String::strip)
            .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase("aws-chunked"))
            .collect(Collectors.joining(","));
    Headers left = headers.without("Content-Encoding").without("x-amz-trailer");
    return encodings.isEmpty() ? left : left.with("Content-Encoding", encodings);
  }

  private static HttpCall with(
      HttpCall call, InputStream body, Headers headers, long length, List<BodyCheck> checks) {
    return new HttpCall(
        call.method(),
        call.target(),
        headers,
        checks.isEmpty() ? body : new CheckedBody(body, checks),
        length,
        call.peer(),
        call.secure());
  }
}
