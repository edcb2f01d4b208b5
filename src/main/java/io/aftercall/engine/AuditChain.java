package io.aftercall.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a trail from its first entry and says whether each follows from the one before: one that was changed,
 * removed or put in does not. Who changes an entry and all that follow it changes the last hash; see
 * {@link #hashAt}.
 */
public final class AuditChain {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final AuditTrail.Ends ends;
    private final long wanted;
    private long sequence;
    private byte[] hash;
    private byte[] hashAtWanted;
    private Optional<Long> broken = Optional.empty();

    /**
     * @param wanted the entry whose hash is wanted, as known from an earlier time; 0 for none
     */
    public AuditChain(AuditTrail.Ends ends, long wanted) {
        this.ends = ends;
        this.wanted = wanted;
        this.sequence = ends.firstSequence() - 1;
        this.hash = ends.hashBefore();
        remember();
    }

    /** The next entries; looks at no more of them once one does not follow. */
    public void add(List<AuditTrail.Entry> entries) {
        for (AuditTrail.Entry entry : entries) {
            if (broken.isPresent()) {
                return;
            }
            if (entry.sequence() != sequence + 1 || !MessageDigest.isEqual(entry.hash(), hash(hash, entry))) {
                broken = Optional.of(sequence + 1);
                return;
            }
            sequence = entry.sequence();
            hash = entry.hash();
            remember();
        }
    }

    private void remember() {
        if (sequence == wanted) {
            hashAtWanted = hash;
        }
    }

    /** The first entry that is not as it was; empty if there is none. To be asked when all have been added. */
    public Optional<Long> broken() {
        boolean whole = sequence == ends.lastSequence() && MessageDigest.isEqual(hash, ends.lastHash());
        return broken.isPresent() || whole ? broken : Optional.of(sequence + 1);
    }

    /** How many entries are as they were. */
    public long verified() {
        return sequence - ends.firstSequence() + 1;
    }

    /** The last entry that has been added and follows. */
    public long sequence() {
        return sequence;
    }

    /** Its hash. */
    public byte[] hash() {
        return hash.clone();
    }

    /** Whether this is the hash that the wanted entry has; not of one that is forgotten or missing. */
    public boolean hashAt(byte[] known) {
        return hashAtWanted != null && MessageDigest.isEqual(hashAtWanted, known);
    }

    private static byte[] hash(byte[] before, AuditTrail.Entry entry) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            String text = entry.sequence() + " " + TIME.format(entry.time()) + " " + entry.content();
            return digest.digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
