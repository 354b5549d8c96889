package dev.trafficlab.embedded.controller.network;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AddressPoolTests {

    @Test
    void addressesAreDifferentAndCountUpAcrossBytes() {
        AddressPool pool = new AddressPool("10.128.0.254", 1000);
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            given.add(pool.allocate());
        }
        assertThat(given).hasSize(1000).contains("10.128.0.254", "10.128.1.0", "10.128.3.255");
        assertThatThrownBy(pool::allocate).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("10.128.0.254");
    }

    @Test
    void addressGivenBackIsReusedOnlyWhenTheOthersAreUsedUp() {
        AddressPool pool = new AddressPool("10.0.0.1", 3);
        String first = pool.allocate();
        pool.release(first);
        assertThat(pool.allocate()).isEqualTo("10.0.0.2");
        assertThat(pool.allocate()).isEqualTo("10.0.0.3");
        assertThat(pool.allocate()).isEqualTo(first);
    }

    @Test
    void claimedAddressIsNotHandedOut() {
        AddressPool pool = new AddressPool("10.0.0.1", 3);
        assertThat(pool.claim("10.0.0.2")).isTrue();
        assertThat(pool.claim("10.0.0.2")).isFalse();
        assertThat(pool.claim("192.168.0.1")).isFalse();
        assertThat(pool.claim("None")).isFalse();
        assertThat(Set.of(pool.allocate(), pool.allocate())).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.3");
    }
}
