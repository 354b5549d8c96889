package dev.trafficlab.embedded.api.stream;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what waits for clients that do not read, by owner and together. When an owner has too much, the one of its streams for which
 * most waits is dropped; when all together have too much, the largest owner's is. So a slow reader costs its own lab its stream, and
 * nobody else theirs. An event that waits for several clients is one array in memory but counts for each: the sums are an upper bound.
 * Safe for any number of threads.
 */
public final class UnreadBytes {

    private static final long LEAST = 8L << 20;
    private static final long MOST = 128L << 20;
    private static final int SHARE_OF_HEAP = 16;

    private final long mostOfOwner;
    private final long mostOfAll;
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();
    private final AtomicLong all = new AtomicLong();

    private static final class Owner {
        private final Set<Account> accounts = ConcurrentHashMap.newKeySet();
        private final AtomicLong bytes = new AtomicLong();

        private Optional<Account> largest() {
            return accounts.stream().max(Comparator.comparingLong(account -> account.bytes.get()));
        }
    }

    /** Limits in bytes. */
    public UnreadBytes(long mostOfOwner, long mostOfAll) {
        this.mostOfOwner = mostOfOwner;
        this.mostOfAll = mostOfAll;
    }

    /** The limit for an owner beside one for all of a sixteenth of the heap, between 8 and 128 MiB. */
    public static UnreadBytes ofThisMachine(long mostOfOwner) {
        return new UnreadBytes(mostOfOwner,
                Math.clamp(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, LEAST, MOST));
    }

    /** An account for one stream of the owner. */
    public Account open(String owner) {
        Account account = new Account(owner);
        account.home(); // the owner is known from now on
        return account;
    }

    /** How many bytes wait for all clients. */
    public long total() {
        return all.get();
    }

    /** What waits for one client. */
    public final class Account implements AutoCloseable {

        private final String owner;
        private final AtomicLong bytes = new AtomicLong();
        private volatile Runnable drop = () -> {};
        private volatile boolean closed;

        private Account(String owner) {
            this.owner = owner;
        }

        private Owner home() {
            return owners.compute(owner, (_, known) -> {
                Owner home = known == null ? new Owner() : known;
                home.accounts.add(this);
                return home;
            });
        }

        /** What to do when this stream is to go; it must not block, and {@link #close} follows in the end. */
        public void onDrop(Runnable action) {
            drop = action;
        }

        /** More waits, or less when negative. */
        public synchronized void add(long change) {
            if (!closed) {
                bytes.addAndGet(change);
                home().bytes.addAndGet(change);
                all.addAndGet(change);
            }
        }

        /** Drops streams until the owner of this one, and all owners, are within their limits. Not to be called with a lock held. */
        public void enforce() {
            Optional<Owner> own = Optional.ofNullable(owners.get(owner));
            while (own.filter(home -> home.bytes.get() > mostOfOwner).isPresent()
                    && own.flatMap(Owner::largest).filter(Account::evict).isPresent()) {
                // one more is gone
            }
            while (all.get() > mostOfAll && largestOwner().flatMap(Owner::largest).filter(Account::evict).isPresent()) {
                // one more is gone
            }
        }

        private Optional<Owner> largestOwner() {
            return owners.values().stream().max(Comparator.comparingLong(home -> home.bytes.get()));
        }

        /** Whether anything was freed. */
        private boolean evict() {
            boolean something = bytes.get() > 0;
            Runnable action = drop;
            close();
            action.run();
            return something;
        }

        /** Nothing waits any more. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                long left = bytes.getAndSet(0);
                all.addAndGet(-left);
                owners.computeIfPresent(owner, (_, home) -> {
                    home.bytes.addAndGet(-left);
                    home.accounts.remove(this);
                    return home.accounts.isEmpty() ? null : home;
                });
            }
        }
    }
}
