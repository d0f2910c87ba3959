package dev.gatehouse.control;

import dev.gatehouse.store.StoreException;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.rest.Encoder;
import dev.gatehouse.wire.rest.RequestIds;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a control call that fails gets its answer. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  /** What answers a call when all goes well. */
  @FunctionalInterface
  interface Answer {
    HttpReply reply() throws IOException;
  }

  /** The answer, or what went wrong instead. */
  static HttpReply rendered(RequestIds ids, Answer answer) throws IOException {
    try {
      return answer.reply();
    } catch (ServiceException refusal) {
      return Encoder.refusal(refusal, ids);
    } catch (StoreException e) {
      LOG.error("Request {} could not be stored", ids.requestId(), e);
      return Encoder.refusal(OwnRefusals.storeUnavailable(), ids);
    } catch (RuntimeException e) {
      LOG.error("Request {} failed", ids.requestId(), e);
      return Encoder.refusal(OwnRefusals.faulty(), ids);
    }
  }
}
