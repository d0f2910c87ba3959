# shellcheck shell=bash
# The image service as a process of this machine, and as an ECS service. Sourced after common.sh.

need DDN_ALB_DNS
port=${DDN_ALB_DNS##*:}
[ "$port" != "$DDN_ALB_DNS" ] || port=80
state=${XDG_STATE_HOME:-$HOME/.local/state}/gatehouse/image-service-$port

# The process that start_here left, if it still is one of ours: a process id may be somebody else's by now.
running() {
  local id
  [ -r "$state.pid" ] && id=$(<"$state.pid") && [ -n "$id" ] || return 1
  ps -ww -p "$id" -o args= 2>/dev/null | grep -qF dev.gatehouse.example.image.ImageService || return 1
  printf '%s\n' "$id"
}

class_path() {
  local folder
  folder=$(artifact image-service/target/image-service image-service/lib)
  printf '%s\n' "$folder/*"
}

start_here() {
  local jdk jars id deadline=$((SECONDS + 60))
  if balancer_answers; then
    echo "image service answers at http://$DDN_ALB_DNS already, left alone"
    return
  fi
  case ${DDN_ALB_DNS%:*} in
    127.* | localhost) ;;
    *) fail "DDN_ALB_DNS=$DDN_ALB_DNS is not on this machine: with AWS_ENDPOINT_URL use 127.0.0.1:PORT" ;;
  esac
  jdk=$("$pipeline/../../script/jdk") || exit 1
  jars=$(class_path)
  mkdir -p "$(dirname "$state")"
  BUCKET=$(bucket) PORT=$port nohup "$jdk/bin/java" -Xmx512m -XX:+UseSerialGC -cp "$jars" \
    dev.gatehouse.example.image.ImageService >"$state.log" 2>&1 </dev/null &
  id=$!
  echo "$id" >"$state.pid"
  until balancer_answers; do
    kill -0 "$id" 2>/dev/null || fail "the image service ended: $(tail -n 1 "$state.log")"
    [ "$SECONDS" -lt "$deadline" ] || { kill "$id"; fail "the image service doesn't answer at http://$DDN_ALB_DNS/ping; its log is $state.log"; }
    sleep 0.1
  done
  echo "image service started at http://$DDN_ALB_DNS (process $id, log $state.log)"
}

stop_here() {
  local id deadline=$((SECONDS + 10))
  if id=$(running); then
    kill "$id"
    while running >/dev/null; do
      [ "$SECONDS" -lt "$deadline" ] || kill -9 "$id"
      sleep 0.1
    done
    echo "image service stopped (process $id)"
  else
    echo "no image service was started for $DDN_ALB_DNS, nothing to stop"
  fi
  rm -f "$state.pid"
}

# The service takes its subnets and security groups from the balancer, and its target group from the
# balancer's first listener.
create_on_ecs() {
  local balancer groups subnets group
  local cluster=${DDN_ECS_CLUSTER:-default} task=${DDN_ECS_TASK_DEFINITION:-image-service}
  balancer=$(call_aws elbv2 describe-load-balancers --query "LoadBalancers[?DNSName=='$DDN_ALB_DNS'].LoadBalancerArn | [0]")
  [ -n "$balancer" ] && [ "$balancer" != None ] || fail "there is no load balancer $DDN_ALB_DNS in $AWS_REGION"
  if call_aws ecs describe-services --cluster "$cluster" --services image-service --query 'services[].status' | grep -q ACTIVE; then
    echo "ECS service image-service exists in cluster $cluster, left alone"
    return
  fi
  group=$(call_aws elbv2 describe-target-groups --load-balancer-arn "$balancer" --query 'TargetGroups[0].TargetGroupArn')
  subnets=$(call_aws elbv2 describe-load-balancers --load-balancer-arns "$balancer" --query 'LoadBalancers[0].AvailabilityZones[].SubnetId' | tr '\t' ,)
  groups=$(call_aws elbv2 describe-load-balancers --load-balancer-arns "$balancer" --query 'LoadBalancers[0].SecurityGroups' | tr '\t' ,)
  call_aws ecs create-service --cluster "$cluster" --service-name image-service --task-definition "$task" \
    --desired-count 1 --launch-type FARGATE \
    --network-configuration "awsvpcConfiguration={subnets=[$subnets],securityGroups=[$groups],assignPublicIp=ENABLED}" \
    --load-balancers "targetGroupArn=$group,containerName=image-service,containerPort=8080" >/dev/null
  call_aws ecs wait services-stable --cluster "$cluster" --services image-service
  echo "ECS service image-service created in cluster $cluster"
}

delete_on_ecs() {
  local cluster=${DDN_ECS_CLUSTER:-default}
  if try_aws ecs delete-service --cluster "$cluster" --service image-service --force >/dev/null; then
    echo "ECS service image-service deleted from cluster $cluster"
    return
  fi
  case $(aws_error_code) in
    ServiceNotFoundException | ClusterNotFoundException) echo "no ECS service image-service in cluster $cluster, nothing to delete" ;;
    *) fail "aws ecs delete-service: $(aws_error)" ;;
  esac
}
