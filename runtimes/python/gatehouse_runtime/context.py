"""What a handler may ask about an event."""

import json
import sys
import time


class LambdaContext:
    def __init__(self, event, environment):
        self.aws_request_id = event.request_id
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = event.function_arn
        self.tenant_id = None
        self.client_context = _client_context(event.client_context)
        self.identity = CognitoIdentity(event.identity)
        self._deadline = event.deadline

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, text):
        sys.stdout.write(str(text))


class CognitoIdentity:
    """Only mobile clients have one; for others both are None."""

    def __init__(self, text):
        given = json.loads(text) if text else {}
        self.cognito_identity_id = given.get("cognitoIdentityId")
        self.cognito_identity_pool_id = given.get("cognitoIdentityPoolId")


class ClientContext:
    """Only mobile clients send one."""

    def __init__(self, given):
        self.custom = given.get("custom")
        self.env = given.get("env")
        self.client = Client(given.get("client") or {})


class Client:
    def __init__(self, given):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, given.get(name))


def _client_context(text):
    return ClientContext(json.loads(text)) if text else None
