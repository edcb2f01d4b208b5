package io.aftercall.rpc;

import io.aftercall.api.v1.RotateWebhookSecretRequest;
import io.aftercall.api.v1.UpdateWebhookRequest;
import io.aftercall.delivery.EventType;
import io.aftercall.delivery.Webhook;
import io.aftercall.engine.WebhookStore;
import io.aftercall.security.NetworkGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What requests want to be done with webhooks. */
final class WebhookRequests {

    private static final Set<String> FIELDS = Set.of("url", "description", "event_types", "enabled");
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    private final NetworkGuard guard;

    WebhookRequests(NetworkGuard guard) {
        this.guard = guard;
    }

    WebhookStore.Decision update(UpdateWebhookRequest request) {
        FieldReader fields = new FieldReader();
        io.aftercall.api.v1.Webhook proto = request.getWebhook();
        String id = fields.id("webhook.webhook_id", proto.getWebhookId());
        Set<String> named = named(fields, request);
        if (named.contains("url")) {
            url(fields, proto.getUrl());
        }
        if (named.contains("description")) {
            description(fields, proto.getDescription());
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        proto.getEventTypesList()
                .forEach(type -> Optional.ofNullable(fields.choice("webhook.event_types", type, EventType.class))
                        .ifPresent(types::add));
        fields.violations().throwIfAny();
        return stored -> {
            etag(stored, id, proto.getEtag());
            if (stored.isEmpty() && !named.contains("url")) {
                fields.violations().add("webhook.url", "is required of a new webhook");
                fields.violations().throwIfAny();
            }
            Webhook base = stored.orElseGet(
                    () -> new Webhook(id, "", "", Set.of(), true, null, 1, null, null, Webhook.Health.UNTRIED));
            return new Webhook(
                    id,
                    named.contains("url") ? proto.getUrl() : base.url(),
                    named.contains("description") ? proto.getDescription() : base.description(),
                    named.contains("event_types") ? types : base.eventTypes(),
                    named.contains("enabled") ? proto.getEnabled() : base.enabled(),
                    base.disabled(),
                    base.revision(),
                    base.createTime(),
                    base.updateTime(),
                    base.health());
        };
    }

    private static Set<String> named(FieldReader fields, UpdateWebhookRequest request) {
        if (!request.hasUpdateMask()) {
            return set(request.getWebhook());
        }
        Set<String> named = new LinkedHashSet<>(request.getUpdateMask().getPathsList());
        if (named.isEmpty() || !FIELDS.containsAll(named)) {
            fields.violations().add("update_mask", "must name some of url, description, event_types and enabled");
        }
        return named;
    }

    private static Set<String> set(io.aftercall.api.v1.Webhook proto) {
        Set<String> set = new LinkedHashSet<>();
        if (!proto.getUrl().isEmpty()) {
            set.add("url");
        }
        if (!proto.getDescription().isEmpty()) {
            set.add("description");
        }
        if (proto.getEventTypesCount() > 0) {
            set.add("event_types");
        }
        if (proto.hasEnabled()) {
            set.add("enabled");
        }
        return set;
    }

    private static void description(FieldReader fields, String description) {
        boolean oneLine = description.chars().noneMatch(Character::isISOControl);
        if (!oneLine || description.codePointCount(0, description.length()) > Webhook.MAX_DESCRIPTION_LENGTH) {
            fields.violations()
                    .add(
                            "webhook.description",
                            "must be one line of at most " + Webhook.MAX_DESCRIPTION_LENGTH + " characters");
        }
    }

    private void url(FieldReader fields, String text) {
        String violation = violation(text);
        if (violation != null) {
            fields.violations().add("webhook.url", violation);
        }
    }

    /** A host that is a name is looked up at every attempt; one that is an address can be told at once. */
    private String violation(String text) {
        if (text.isEmpty() || text.length() > Webhook.MAX_URL_LENGTH) {
            return "must have 1 to " + Webhook.MAX_URL_LENGTH + " characters";
        }
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException notOne) {
            return "is no URL";
        }
        boolean http = "http".equals(url.getScheme());
        if (!http && !"https".equals(url.getScheme())
                || url.getHost() == null
                || url.getPort() == 0
                || url.getPort() > 65_535) {
            return "must be https://host/path, or http:// in a network that the operator allows";
        }
        if (url.getUserInfo() != null || url.getFragment() != null) {
            return "must have no user and no fragment";
        }
        if (endsInNumber(url.getHost()) && !IPV4.matcher(url.getHost()).matches()) {
            return "must have an IPv4 address as four decimal numbers, or a name that does not end in a number";
        }
        Optional<InetAddress> address = address(url.getHost());
        if (address.filter(known -> !guard.allows(known)).isPresent()) {
            return "is no public address, and not one that the operator allows";
        }
        return http
                        && (guard.namesNone()
                                || address.filter(known -> !guard.named(known)).isPresent())
                ? "must be https: plain http is for networks that the operator allows"
                : null;
    }

    /** What some take for an IPv4 address, in octal for instance (https://url.spec.whatwg.org/#ends-in-a-number-checker). */
    private static boolean endsInNumber(String host) {
        String[] labels = host.split("\\.");
        return labels.length > 0 && labels[labels.length - 1].matches("[0-9]+|0[xX][0-9a-fA-F]*");
    }

    private static Optional<InetAddress> address(String host) {
        if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException notOne) {
            return Optional.empty();
        }
    }

    /** For how long the secret before stays valid. */
    static Duration overlap(FieldReader fields, RotateWebhookSecretRequest request) {
        Duration asked =
                fields.duration("overlap_duration", request.hasOverlapDuration(), request.getOverlapDuration());
        if (asked != null && (asked.isNegative() || asked.compareTo(LONGEST_OVERLAP) > 0)) {
            fields.violations().add("overlap_duration", "must be 0 to 7 days");
        }
        return asked == null ? OVERLAP : asked;
    }

    /** There is one, and it is as the caller saw it. */
    static void require(Optional<Webhook> stored, String id, String etag) {
        if (stored.isEmpty()) {
            throw WebhookErrors.notFound(id);
        }
        etag(stored, id, etag);
    }

    private static void etag(Optional<Webhook> stored, String id, String etag) {
        if (!etag.isEmpty() && !etag.equals(stored.map(Webhook::etag).orElse(null))) {
            throw WebhookErrors.stale(id);
        }
    }
}
