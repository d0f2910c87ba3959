package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import dev.gatehouse.lambda.code.CodeRejected;
import dev.gatehouse.lambda.code.CodeStore;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.wire.ServiceException;
import java.io.IOException;
import java.util.List;

/** Takes a function's code out of a request, or from where the request says. */
record CodeInput(CodeStore store, ObjectReader objects, long maxBytes, LiveCode live) {
  /** Members that say something which this version cannot do. */
  private static final List<String> NOT_BUILT =
      List.of("ImageUri", "S3ObjectVersion", "SourceKMSKeyArn");

  /** Keeps the code; it is durable when this returns. */
  Code keep(FunctionKey key, Input input, String operation) throws IOException {
    for (String member : NOT_BUILT) {
      if (input.has(member)) {
        throw Errors.notBuilt(operation + " with " + member);
      }
    }
    if (live.named(input)) {
      return live.code(input);
    }
    try {
      return store.keep(key, archive(key, input));
    } catch (CodeRejected e) {
      throw Errors.invalid(String.valueOf(e.getMessage()));
    }
  }

  private byte[] archive(FunctionKey key, Input input) {
    boolean object = input.has("S3Bucket") || input.has("S3Key");
    boolean inline = input.has("ZipFile");
    if (object && inline) {
      throw Errors.invalid(
          "Please do not provide other FunctionCode parameters when providing a ZipFile.");
    }
    if (object) {
      return object(key, input);
    }
    byte[] zip =
        input
            .bytes("ZipFile")
            .orElseThrow(() -> Errors.invalid("Please provide a source for function code."));
    if (zip.length == 0) {
      throw Errors.invalid("Uploaded file must be a non-empty zip");
    }
    return zip;
  }

  private byte[] object(FunctionKey key, Input input) {
    String bucket = input.required("S3Bucket", "[0-9A-Za-z\\.\\-_]{3,63}");
    String name = input.required("S3Key", "(?s).{1,1024}");
    try {
      return objects
          .read(key.scope(), bucket, name, maxBytes)
          .orElseThrow(() ->
              Errors.invalid(
                  "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message:"
                      + " The specified key does not exist."));
    } catch (IOException e) {
      throw new ServiceException(
          502, "ServiceException", "The object store did not give the code: " + e.getMessage());
    }
  }
}
