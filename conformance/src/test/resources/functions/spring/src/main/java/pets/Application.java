package pets;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Functions that know nothing of where they run but AWS's events, or not even these. */
@SpringBootApplication
public class Application {

  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  /** What a pet of a request body is. */
  public record Pet(String name, int age) {}

  @Bean
  public Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> event() {
    return event ->
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(201)
            .withHeaders(
                Map.of(
                    "x-pet",
                    event.getPathParameters().get("pet"),
                    "x-query",
                    event.getQueryStringParameters().get("q"),
                    "x-route",
                    event.getRouteKey()))
            .withBody(event.getRequestContext().getHttp().getMethod() + ":" + event.getBody())
            .build();
  }

  @Bean
  public Function<Message<Pet>, Message<Pet>> message() {
    return message ->
        MessageBuilder.withPayload(
                new Pet(message.getPayload().name() + "!", message.getPayload().age() + 1))
            .setHeader("statusCode", 202)
            .setHeader("X-Asked", message.getHeaders().get("x-ask"))
            .build();
  }
}
