package dev.gatehouse.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A call that came to nothing: which step it was, what the service said, and what was left behind.
 * The service's own exception is the cause.
 */
public final class StepFailed extends RuntimeException {
  private final String step;
  private final List<String> leftBehind;

  StepFailed(String step, String message, @Nullable SdkException cause, List<String> leftBehind) {
    super(text(step, message, leftBehind), cause);
    this.step = step;
    this.leftBehind = List.copyOf(leftBehind);
  }

  private static String text(String step, String message, List<String> leftBehind) {
    String left = leftBehind.isEmpty() ? "" : "; left behind: " + String.join(", ", leftBehind);
    return "could not " + step + ": " + message + left;
  }

  StepFailed leaving(List<String> left) {
    @Nullable SdkException cause = getCause() instanceof SdkException known ? known : null;
    return new StepFailed(step, cause == null ? "" + getMessage() : message(cause), cause, left);
  }

  static StepFailed of(String step, SdkException cause) {
    return new StepFailed(step, message(cause), cause, List.of());
  }

  private static String message(SdkException cause) {
    if (cause instanceof AwsServiceException answered && answered.awsErrorDetails() != null) {
      return answered.awsErrorDetails().errorMessage();
    }
    return String.valueOf(cause.getMessage());
  }

  /**
   * What was tried, such as {@code create the route GET /items}.
   *
   * {@snippet class="GatewaysExamples" region="failure"}
   */
  public String step() {
    return step;
  }

  /**
   * AWS's name of the error, such as {@code ConflictException}; empty where nothing answered.
   *
   * {@snippet class="GatewaysExamples" region="failure"}
   */
  public String type() {
    AwsServiceException answer = answered();
    return answer == null || answer.awsErrorDetails().errorCode() == null
        ? ""
        : answer.awsErrorDetails().errorCode();
  }

  /**
   * The status of the answer; 0 where nothing answered.
   *
   * {@snippet class="GatewaysExamples" region="failure"}
   */
  public int status() {
    return answered() == null ? 0 : answered().statusCode();
  }

  /**
   * AWS's id of the request; empty where nothing answered.
   *
   * {@snippet class="GatewaysExamples" region="failure"}
   */
  public String requestId() {
    return answered() == null || answered().requestId() == null ? "" : answered().requestId();
  }

  /**
   * What the steps before had created and nothing has removed.
   *
   * {@snippet class="GatewaysExamples" region="failure"}
   */
  public List<String> leftBehind() {
    return leftBehind;
  }

  private @Nullable AwsServiceException answered() {
    return getCause() instanceof AwsServiceException known && known.awsErrorDetails() != null
        ? known
        : null;
  }
}
