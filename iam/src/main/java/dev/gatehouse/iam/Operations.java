package dev.gatehouse.iam;

import dev.gatehouse.identity.KeySecrets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What answers each operation of IAM. To add one: a line here. */
final class Operations {
  private final Map<String, Handler> handlers = new HashMap<>();

  Operations(Desk desk, KeySecrets secrets) {
    Holders roles = new Holders(desk, HolderKind.ROLE);
    Holders users = new Holders(desk, HolderKind.USER);
    ManagedPolicies policies = new ManagedPolicies(desk, List.of(roles, users));
    shared("Role", roles, policies);
    shared("User", users, policies);
    roles(new Roles(roles), roles);
    users(new Keys(desk, users, secrets), users);
    policies(policies);
  }

  Optional<Handler> find(String action) {
    return Optional.ofNullable(handlers.get(action));
  }

  private void shared(String title, Holders holders, ManagedPolicies policies) {
    handlers.put("Get" + title, holders::get);
    handlers.put("List" + title + "s", holders::list);
    handlers.put("Tag" + title, call -> holders.change(call, body -> tagged(call, body)));
    handlers.put("Untag" + title, call -> holders.change(call, body -> untagged(call, body)));
    handlers.put("List" + title + "Tags", holders::listTags);
    handlers.put("Put" + title + "Policy", holders::putInline);
    handlers.put("Get" + title + "Policy", holders::getInline);
    handlers.put("Delete" + title + "Policy", holders::deleteInline);
    handlers.put("List" + title + "Policies", holders::listInline);
    handlers.put("Attach" + title + "Policy", call -> holders.attach(call, policies));
    handlers.put("Detach" + title + "Policy", holders::detach);
    handlers.put("ListAttached" + title + "Policies", holders::listAttached);
  }

  private void roles(Roles only, Holders roles) {
    handlers.put("CreateRole", only::create);
    handlers.put("UpdateRole", only::update);
    handlers.put("UpdateAssumeRolePolicy", only::updateTrust);
    handlers.put("DeleteRole", roles::delete);
    handlers.put("ListInstanceProfilesForRole", call -> none("InstanceProfiles"));
  }

  private void users(Keys keys, Holders users) {
    handlers.put("CreateUser", call -> users.create(call, body -> Roles.boundary(call, body)));
    handlers.put("DeleteUser", keys::deleteUser);
    handlers.put("CreateAccessKey", keys::create);
    handlers.put("ListAccessKeys", keys::list);
    handlers.put("DeleteAccessKey", keys::delete);
    handlers.put("UpdateAccessKey", keys::update);
    handlers.put("ListGroupsForUser", call -> none("Groups"));
  }

  private void policies(ManagedPolicies policies) {
    handlers.put("CreatePolicy", policies::create);
    handlers.put("GetPolicy", policies::get);
    handlers.put("ListPolicies", policies::list);
    handlers.put("DeletePolicy", policies::delete);
    handlers.put("CreatePolicyVersion", policies::createVersion);
    handlers.put("GetPolicyVersion", policies::getVersion);
    handlers.put("ListPolicyVersions", policies::listVersions);
    handlers.put("SetDefaultPolicyVersion", policies::setDefault);
    handlers.put("DeletePolicyVersion", policies::deleteVersion);
    handlers.put("ListPolicyTags", policies::listTags);
  }

  private static ObjectNode tagged(Call call, ObjectNode body) {
    Tags.add(body, call.input());
    return body;
  }

  private static ObjectNode untagged(Call call, ObjectNode body) {
    Tags.remove(body, call.input().texts("TagKeys"));
    return body;
  }

  /** There are no such things here, so nothing has any. */
  private static ObjectNode none(String member) {
    ObjectNode result = Trees.object();
    result.putArray(member);
    return result.put("IsTruncated", false);
  }
}
