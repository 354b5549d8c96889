package dev.trafficlab.embedded.api.stream;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.stream.UnreadBytes.Account;

import static org.assertj.core.api.Assertions.assertThat;

/** Who does not read is dropped, and nobody else. */
class UnreadBytesTests {

    private final UnreadBytes unread = new UnreadBytes(100, 250);
    private final List<String> dropped = new ArrayList<>();

    private Account open(String owner, String name, int bytes) {
        Account account = unread.open(owner);
        account.onDrop(() -> dropped.add(name));
        account.add(bytes);
        account.enforce();
        return account;
    }

    @Test
    void theSlowestOfAnOwnerIsDroppedWhoeverCrossesTheLimit() {
        open("a", "slow", 60);
        open("a", "slower", 30);
        open("b", "other", 90);

        open("a", "new", 20);

        assertThat(dropped).containsExactly("slow");
        assertThat(unread.total()).isEqualTo(140);
    }

    @Test
    void whenAllTogetherHaveTooMuchTheLargestOwnerGivesWay() {
        open("a", "a", 90);
        open("b", "b", 99);

        open("c", "c", 70);

        assertThat(dropped).containsExactly("b");
    }

    @Test
    void whatIsReadCountsNoMore() {
        Account reader = open("a", "reader", 90);
        reader.add(-90);

        open("a", "second", 90);

        assertThat(dropped).isEmpty();
    }

    @Test
    void aClosedAccountTakesItsBytesAlong() {
        Account closed = open("a", "closed", 90);
        closed.close();
        closed.close();
        closed.add(50);

        open("a", "second", 90);

        assertThat(dropped).isEmpty();
        assertThat(unread.total()).isEqualTo(90);
    }

    @Test
    void oneThatIsTooMuchByItselfIsDropped() {
        open("a", "greedy", 101);

        assertThat(dropped).containsExactly("greedy");
        assertThat(unread.total()).isZero();
    }
}
