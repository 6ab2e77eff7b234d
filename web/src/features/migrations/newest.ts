/**
 * Asks one question at a time, and next always the newest: what was asked between is never sent, and
 * an answer to a question that is not the newest any more is dropped.
 */
export class Newest<Question, Answer> {
  readonly #ask: (question: Question) => Promise<Answer>;
  readonly #hear: (question: Question, answer: Promise<Answer>) => void;
  #wanted: { question: Question } | null = null;
  #busy = false;
  #stopped = false;

  constructor(
    ask: (question: Question) => Promise<Answer>,
    hear: (question: Question, answer: Promise<Answer>) => void,
  ) {
    this.#ask = ask;
    this.#hear = hear;
  }

  want(question: Question): void {
    this.#wanted = { question };
    if (!this.#busy) void this.#run();
  }

  /** Hear of nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#wanted = null;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#wanted) {
      const { question } = this.#wanted;
      this.#wanted = null;
      const answer = this.#ask(question);
      await answer.then(
        () => undefined,
        () => undefined,
      );
      if (!this.#wanted && !this.#stopped) this.#hear(question, answer);
    }
    this.#busy = false;
  }
}
