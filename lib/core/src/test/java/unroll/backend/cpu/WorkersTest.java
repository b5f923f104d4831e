package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private final Workers workers = new Workers(3);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void parts_areDoneOnceEach() {
    for (int round = 0; round < 200; round++) {
      AtomicIntegerArray done = new AtomicIntegerArray(round);
      workers.run(round, done::incrementAndGet);
      for (int i = 0; i < round; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void members_meetAtTheBarrier() {
    int[] written = new int[3];
    AtomicInteger wrong = new AtomicInteger();
    workers.together(
        3,
        (member, members, barrier) -> {
          for (int round = 1; round <= 500; round++) {
            written[member] = round;
            barrier.await();
            for (int other = 0; other < members; other++) {
              if (written[other] != round) {
                wrong.incrementAndGet();
              }
            }
            barrier.await();
          }
        });
    assertThat(wrong).hasValue(0);
    assertThat(written[0]).isEqualTo(500);
  }

  @Test
  void failure_reachesTheCaller_andTheThreadsLiveOn() {
    assertThatThrownBy(
            () ->
                workers.run(
                    5,
                    part -> {
                      if (part == 3) {
                        throw new IllegalArgumentException("part three");
                      }
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("part three");
    assertThatThrownBy(
            () ->
                workers.together(
                    3,
                    (member, members, barrier) -> {
                      if (member == 1) {
                        throw new IllegalArgumentException("member one");
                      }
                      barrier.await();
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("member one");
    parts_areDoneOnceEach();
  }

  @Test
  void workWithinWork_andFromASecondThread_isDoneByItsCaller() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Thread second =
        new Thread(
            () -> {
              try {
                begun.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              workers.together(3, (member, members, barrier) -> done.addAndGet(10 * members));
              finished.countDown();
            });
    second.start();
    workers.run(
        2,
        part -> {
          workers.run(4, inner -> done.incrementAndGet());
          if (part == 0) {
            begun.countDown();
            try {
              finished.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    second.join();
    assertThat(done).hasValue(18);
  }

  @Test
  void closed_workIsDoneByItsCaller() {
    Workers closed = new Workers(2);
    closed.close();
    AtomicInteger done = new AtomicInteger();
    closed.run(4, part -> done.incrementAndGet());
    assertThat(done).hasValue(4);
  }
}
