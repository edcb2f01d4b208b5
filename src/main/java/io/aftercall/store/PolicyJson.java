package io.aftercall.store;

import io.aftercall.policy.PolicyRules;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** The rules that an ACW keeps: all are set, and those that have their default are left out. */
final class PolicyJson {

    private PolicyJson() {}

    static JsonObject write(PolicyRules rules) {
        JsonObject json = new JsonObject();
        rules.differingFrom(PolicyRules.DEFAULTS).forEachText(json::put);
        return json;
    }

    static PolicyRules read(JsonObject json) {
        if (json.isEmpty()) {
            return PolicyRules.DEFAULTS;
        }
        Map<String, String> texts = new HashMap<>();
        json.forEach(rule -> texts.put(rule.getKey(), (String) rule.getValue()));
        return PolicyRules.ofTexts(texts).orElse(PolicyRules.DEFAULTS);
    }
}
