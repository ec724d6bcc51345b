package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether a session is left with nothing under way. */
class ActivityTest {
    private final Activity activity = new Activity();

    @Test
    void takingLeaveLeavesNothingUnderWay() {
        activity.onSent();
        assertThat(activity.isLeft()).isTrue();
    }

    @Test
    void anAnswerEndsWhatWasUnderWay() {
        sendQuery();
        assertThat(activity.isLeft()).isFalse();
        activity.onAnswer();
        assertThat(activity.isLeft()).isTrue();
        activity.onSent();
        assertThat(activity.isLeft()).isTrue();
    }

    @Test
    void aMessageBeforeTheLeaveIsUnderWay() {
        activity.onSent();
        activity.onMessage();
        assertThat(activity.isLeft()).isFalse();
    }

    /** Of Parse, Bind and Execute the server commits nothing before Sync. */
    @Test
    void withoutSyncEverythingIsUnderWay() {
        activity.onSent();
        activity.onMessage();
        activity.onSent();
        assertThat(activity.isLeft()).isFalse();
    }

    @Test
    void anOpenTransactionIsUnderWay() {
        sendQuery();
        activity.onAnswer();
        activity.onStatus((byte) 'T');
        activity.onSent();
        assertThat(activity.isLeft()).isFalse();
    }

    private void sendQuery() {
        activity.onSent();
        activity.onMessage();
        activity.onRequest();
    }
}
