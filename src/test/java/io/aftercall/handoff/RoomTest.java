package io.aftercall.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

    private final Room room = new Room(10);

    @Test
    void oneHalfIsForWhoeverComesFirst() {
        assertThat(room.take(3, 0)).isEqualTo(3);
        assertThat(room.take(100, 3)).isEqualTo(2);
        assertThat(room.take(100, 5)).isZero();
    }

    @Test
    void theOtherIsForThoseWhoHaveNothingUnderWay() {
        room.take(5, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(room.take(64, 0)).isEqualTo(1);
        }
        assertThat(room.take(64, 0)).isZero();
        assertThat(room.take(64, 1)).isZero();
    }

    @Test
    void whatIsLeftIsThereAgain() {
        room.take(5, 0);
        room.leave(4);

        assertThat(room.take(100, 1)).isEqualTo(4);
    }

    @Test
    void whoWantsNothingGetsNothing() {
        assertThat(room.take(0, 0)).isZero();
    }
}
