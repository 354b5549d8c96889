package dev.trafficlab.walk;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Dice that roll the same in each run: a walk that asserts shares shall not fail once in a hundred runs by bad luck. */
@TestConfiguration(proxyBeanMethods = false)
class SeededDice {

    @Bean
    @Primary
    RandomGenerator seededDice() {
        RandomGenerator dice = new SplittableRandom(20_190_923);
        return () -> {
            synchronized (dice) {
                return dice.nextLong();
            }
        };
    }
}
