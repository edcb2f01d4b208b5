// What happens without the agent, said once to who listens: to screen readers, and by a sound if that was asked for.
import { settings } from '../lib/settings.js';
import { clockSpan, countdown } from '../lib/spans.js';
import { now } from '../lib/clock.js';
import { t } from '../lib/texts.js';
import { endedText } from './ended.js';
import { timing } from './timing.js';

export class Notices {
  /** What screen readers are told. */
  text = '';
  /** What has become of the work before, for the calm that follows. */
  last = '';
  /** Whether a follow-up has become due. */
  due = false;

  #view;
  #audio = null;

  /** @param view is drawn again when there is something to say */
  constructor(view) {
    this.#view = view;
    addEventListener('pointerdown', () => this.#wake());
    addEventListener('keydown', () => this.#wake());
  }

  follow(desk) {
    const say = (type, text) => desk.addEventListener(type, ({ detail }) => this.#say(text(detail)));
    say('began', ({ item }) => `${t('said.began', about(item))}${left(item)}`);
    say('moved', ({ item }) => `${item.word ? t(item.word.key, { span: clockSpan(item.word.by) }) : ''}${left(item)}`);
    say('ending', ({ item }) => `${t('said.ending', about(item))}${left(item)}`);
    desk.addEventListener('began', () => { this.last = ''; });
    desk.addEventListener('due', () => { this.due = true; this.#say(t('said.due')); });
    desk.addEventListener('ending', () => this.sound());
    for (const happened of ['ended', 'explained']) desk.addEventListener(happened, ({ detail: { item } }) => this.#settle(endedText(item.ended)));
    desk.addEventListener('completed', () => this.#settle(t('said.completed')));
  }

  /** Once, if that was asked for. */
  sound() {
    if (!settings.sound) return;
    this.#wake();
    const tone = new OscillatorNode(this.#audio, { frequency: 660 });
    const volume = new GainNode(this.#audio, { gain: 0.08 });
    tone.connect(volume).connect(this.#audio.destination);
    tone.start();
    tone.stop(this.#audio.currentTime + 0.18);
  }

  /** Browsers let a page be heard once somebody has touched it. */
  #wake() {
    if (!settings.sound) return;
    this.#audio ??= new AudioContext();
    if (this.#audio.state === 'suspended') this.#audio.resume();
  }

  #settle(text) {
    this.last = text;
    this.#say(text);
  }

  #say(text) {
    this.text = text;
    this.#view.requestUpdate();
  }
}

function about({ interaction: { customer_id, queue_id, interaction_id } }) {
  return { what: customer_id || queue_id || interaction_id };
}

function left(item) {
  if (!item.acw) return '';
  const clock = timing(item.acw, now());
  return clock.kind === 'timed' ? ` ${t('said.left', { span: countdown(clock.left) })}` : ` ${t(`clock.${clock.kind}`)}`;
}
