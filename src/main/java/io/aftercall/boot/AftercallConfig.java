package io.aftercall.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What an operator may set. The defaults are right for most. */
@ConfigMapping(prefix = "aftercall")
public interface AftercallConfig {

    Lane lane();

    Feed feed();

    Connection connection();

    Stream stream();

    Report report();

    Expiry expiry();

    Forecast forecast();

    Database database();

    Retention retention();

    Shutdown shutdown();

    Log log();

    EmbeddedPostgresConfig embeddedPostgres();

    Limits limits();

    /** What a tenant may have and do, if nothing else is said of it. */
    interface Limits {

        /** Agents that are known; beyond, new ones get RESOURCE_EXHAUSTED. */
        @WithDefault("20000")
        int agents();

        /** Policies that set something; beyond, new ones get RESOURCE_EXHAUSTED. */
        @WithDefault("50000")
        int policies();

        /** Calls in a second, to each replica; not held against anybody while nobody is asked for credentials. */
        @WithDefault("1000")
        int callsPerSecond();

        /**
         * The same of one caller; a quarter of them at once, those beyond take turns, and who would wait longer than a
         * second is refused.
         */
        @WithDefault("500")
        int callsPerSecondAndCaller();
    }

    Auth auth();

    Tls tls();

    /** TLS of both ports. Files are PEM. Without a certificate both speak in plain words, for a mesh or a proxy. */
    interface Tls {

        /** The server's certificate, followed by those that lead to its authority. */
        Optional<Path> certificate();

        /** Its private key, in PKCS 8; required with a certificate. */
        Optional<Path> key();

        /** The authorities of clients' certificates; needs a certificate of the server's. */
        Optional<Path> clientAuthority();

        /**
         * How often the files are read again; 1 s to 1 d. Replace certificate and key at once, as Kubernetes does: one
         * without the other lets nobody in over HTTP until the next reading.
         */
        @WithDefault("1m")
        Duration interval();
    }

    /** Who is let in. Without an issuer and without an authority of client certificates everybody on this machine is. */
    interface Auth {

        /** The issuer of tokens, as it stands in their {@code iss}. */
        Optional<String> issuer();

        /** What tokens must have in their {@code aud}; required with an issuer. */
        Optional<String> audience();

        /** The issuer's JWK set: an {@code https} URL or a file; required with an issuer. */
        Optional<String> keys();

        /** How often the keys are read again; 10 s to 1 d. An unknown key has them read at once. */
        @WithDefault("5m")
        Duration keysInterval();

        /** The algorithms of signatures that are accepted, by their JWS names; none with a shared secret can be. */
        @WithDefault("RS256,PS256,ES256,ES384,EdDSA")
        Set<String> algorithms();

        /** How far the issuer's clock may be off; up to 1 min. */
        @WithDefault("5s")
        Duration leeway();

        Claims claims();

        /** Who is meant by client certificates; needs {@code aftercall.tls.client-authority}. */
        List<Certificate> certificates();
    }

    /** Where tokens say what; {@code a/b} is the field b of the claim a. */
    interface Claims {

        /** The tenant's id. */
        @WithDefault("tenant")
        String tenant();

        /** The roles: a list, or a text with spaces between them. */
        @WithDefault("roles")
        String roles();

        /** The agent's id, of one who is an agent. */
        @WithDefault("agent_id")
        String agentId();

        /** The teams of a supervisor who has not all. */
        @WithDefault("teams")
        String teams();
    }

    /** A caller who shows a client certificate. */
    interface Certificate {

        /** The alternative name in it: {@code DNS:…}, {@code URI:…} or {@code email:…}. */
        String name();

        /** His tenant; none for an operator. */
        Optional<String> tenant();

        /** What he is there. */
        Set<String> roles();
    }

    Web web();

    /** What browsers are served. */
    interface Web {

        /**
         * The address that browsers reach the HTTP port under, as {@code https://acw.example}; required to sign in, and
         * for frames. Without authentication nothing else is served than this and localhost.
         */
        Optional<String> origin();

        /** Origins whose pages may have an agent's window in a frame, as {@code https://crm.example}; none otherwise. */
        Optional<List<String>> frameAncestors();
    }

    SignIn signIn();

    /** How people sign in to the pages, at the issuer of tokens. Off without a client. */
    interface SignIn {

        /** What this server is called at the issuer. */
        Optional<String> clientId();

        /** What it proves that with; required with a client. */
        Optional<String> clientSecret();

        /**
         * What sessions are sealed with: 32 bytes in Base64, the same on all replicas; required with a client. With
         * several, the first seals and all open: put a new one first, and take the old one away after {@code max-age}.
         */
        Optional<List<String>> keys();

        /** What is asked of the issuer; some give a refresh token only for {@code offline_access}. */
        @WithDefault("openid")
        List<String> scopes();

        /** What the issuer is told beside, as {@code audience}. */
        Map<String, String> parameters();

        /** After what time one has to sign in again, however busy he was; 5 min to 30 d. */
        @WithDefault("12h")
        Duration maxAge();
    }

    Delivery delivery();

    Webhook webhook();

    /** How other systems are told what has happened. */
    interface Delivery {

        /** How often the database is asked what is due; 50 ms to 1 min. */
        @WithDefault("250ms")
        Duration pollInterval();

        /** How many deliveries are under way to one outlet; 1 to 1,000. A replica never has more than 2,000. */
        @WithDefault("64")
        int concurrency();

        /**
         * After how long one that failed is tried again, and then after twice as long each time, less up to a half by
         * chance; 100 ms to 1 h.
         */
        @WithDefault("1s")
        Duration firstRetry();

        /** After how long at the most; 1 s to 1 d. */
        @WithDefault("4h")
        Duration longestRetry();

        /** After how many attempts it is given up; 1 to 100. The defaults take a day at the least. */
        @WithDefault("26")
        int attempts();
    }

    Email email();

    /** What customers are written. The mail server is set by {@code quarkus.mailer}. */
    interface Email {

        /** Who writes, as {@code Acme <service@acme.example>}; without, nobody does. */
        Optional<String> from();

        /** In which days are told, as {@code Europe/Madrid}. */
        @WithDefault("UTC")
        ZoneId timeZone();
    }

    Kafka kafka();

    /** Kafka as one of the receivers. Its brokers are set by {@code kafka.bootstrap.servers}. */
    interface Kafka {

        /** Whether every event of every tenant goes there. */
        @WithDefault("false")
        boolean enabled();

        /** To which topic. */
        @WithDefault("aftercall.events")
        String topic();
    }

    /** Where tenants may have requests sent to. */
    interface Webhook {

        /**
         * Networks that are reached although they are not public, as {@code 10.1.0.0/16}; also without TLS. None
         * otherwise.
         */
        Optional<List<String>> allowedNetworks();

        /** How long a receiver may take for an answer; 1 s to 1 min. */
        @WithDefault("15s")
        Duration timeout();
    }

    /** What is forgotten after a time. */
    interface Retention {

        /** How long changes are kept at the least, for subscribers to resume; 1 h to 90 days, forgotten by days. */
        @WithDefault("7d")
        Duration changeLog();

        /** How long the audit trail is kept; 30 days up to 20 years. */
        @WithDefault("400d")
        Duration audit();

        /**
         * How long what agents write is kept, and promises that have been kept, where a tenant has no rule of its own; 1
         * day to 100 years. For ever if not set.
         */
        Optional<Duration> wrapUps();

        /** How often that is looked for; whole seconds. */
        @WithDefault("10m")
        String interval();

        /** How long it is known what was delivered; 1 h to 90 days. */
        @WithDefault("7d")
        Duration deliveries();

        /** How long it is known what was given up, and can be replayed; 1 day to 10 years. */
        @WithDefault("90d")
        Duration parkedDeliveries();
    }

    /** The end. */
    interface Shutdown {

        /**
         * Over what time subscribers are sent away, so that they do not come to the other replicas all at once; a few
         * take less. Up to 3 s.
         */
        @WithDefault("2s")
        Duration drainWindow();

        /** For how long calls are still refused in words when all work is done; up to 1 s. */
        @WithDefault("500ms")
        Duration linger();
    }

    /** The database that is started where none is configured. Read before the rest, by its keys. */
    interface EmbeddedPostgresConfig {

        /** Where its data lies; {@code data/postgres} below the working directory if not set. */
        Optional<Path> dataDirectory();

        /** The port it listens on, on loopback; any free one if not set or 0. */
        OptionalInt port();
    }

    /** What the server says of itself on standard output. Read before the rest, by its keys. */
    interface Log {

        /** Whether each entry is a JSON object; if not set, in production it is. */
        Optional<Boolean> json();
    }

    /** The way of commands. */
    interface Lane {

        /** How many commands may wait; beyond, callers get RESOURCE_EXHAUSTED. */
        @WithDefault("10000")
        int waiting();

        /** How many commands go into one transaction at most. */
        @WithDefault("512")
        int batch();
    }

    /** The agents in memory. */
    interface Feed {

        /** How often the database is asked where the log ends, while other replicas write. */
        @WithDefault("50ms")
        Duration pollInterval();

        /** How often at the least. */
        @WithDefault("250ms")
        Duration idlePollInterval();

        /** Whether replicas hint to each other by NOTIFY; switch it off behind a transaction pooler. */
        @WithDefault("true")
        boolean hints();

        /** For how long after its last answer the database counts as there; readiness depends on it. */
        @WithDefault("2s")
        Duration patience();

        /** How many changes are kept in memory, for subscribers who lag and for pages of one listing; about 2 KiB each. */
        @WithDefault("16384")
        int ringCapacity();
    }

    /** The connections of clients. */
    interface Connection {

        /** After what silence a connection is asked whether it lives; 1 s to 1 h. */
        @WithDefault("20s")
        Duration pingInterval();

        /** How long to wait for its answer before it is closed; 1 s to 5 min. */
        @WithDefault("10s")
        Duration pongTimeout();

        /**
         * After what time a connection takes no more calls, give or take a tenth, so that its client opens another and
         * replicas that have come meanwhile get their share; calls and streams that it has go on. 1 s to 1 d.
         */
        @WithDefault("5m")
        Duration maxAge();
    }

    /** Subscribers. */
    interface Stream {

        /**
         * How many streams one caller may have open; beyond, he gets RESOURCE_EXHAUSTED. As many as one connection
         * carries: a dashboard's server opens one for each of its viewers.
         */
        @WithDefault("1000")
        int maxPerCaller();

        /** How many streams a tenant may have open on a replica, if nothing else is said of it. */
        @WithDefault("5000")
        int maxPerTenant();

        /** How many streams a replica may have open. */
        @WithDefault("10000")
        int maxPerReplica();

        /**
         * After what time a stream is sent to connect again, give or take a tenth, so that nobody stays for ever with
         * the replica that he met first.
         */
        @WithDefault("1h")
        Duration maxAge();

        /** How long a subscriber may leave what is there for him unread before his stream is ended; so with exports. */
        @WithDefault("30s")
        Duration maxLag();

        /** How often streams are looked at for bookmarks, lag and age. */
        @WithDefault("50ms")
        Duration tick();
    }

    /** Reports and simulations of policies. */
    interface Report {

        /** How many a replica makes at once; each holds a connection to the database for as long. 1 or more. */
        @WithDefault("6")
        int maxPerReplica();

        /** How many of these may be of one tenant; an export takes part until it has been read. 1 or more. */
        @WithDefault("3")
        int maxPerTenant();

        /** How long those beyond wait for a turn before they get RESOURCE_EXHAUSTED. */
        @WithDefault("5s")
        Duration maxWait();
    }

    /** What ends by itself. */
    interface Expiry {

        /** How often the database is searched for what timers missed; whole seconds. */
        @WithDefault("1s")
        String sweepInterval();
    }

    /** What is likely, from what was. */
    interface Forecast {

        /** How often it learns from what has ended; whole seconds. */
        @WithDefault("1m")
        String interval();
    }

    /** The connections to the database. */
    interface Database {

        /** The authorities of the database's certificate, PEM; set, it must have one, and for its host name. */
        Optional<Path> authority();

        /** For how long a connection may say nothing before it is given up, with what waits for its answer. */
        @WithDefault("5s")
        Duration silence();

        /** For how long to wait for one of the pool. */
        @WithDefault("2s")
        Duration acquisition();
    }
}
