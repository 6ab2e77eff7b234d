import { expect, test } from "vitest";
import { Newest } from "./newest";

function world() {
  const asked: string[] = [];
  const heard: string[] = [];
  const answers: ((answer: string) => void)[] = [];
  const newest = new Newest<string, string>(
    (question) => {
      asked.push(question);
      return new Promise((resolve) => answers.push(resolve));
    },
    (question, answer) =>
      void answer.then(
        (text) => heard.push(`${question}: ${text}`),
        () => heard.push(`${question}: failed`),
      ),
  );
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { asked, heard, answers, newest, settle };
}

test("while one is asked only the newest of the others is kept, and late answers are dropped", async () => {
  const { asked, heard, answers, newest, settle } = world();
  for (const question of ["s", "se", "select"]) newest.want(question);
  expect(asked).toEqual(["s"]);

  answers[0]?.("old");
  await settle();
  expect(asked).toEqual(["s", "select"]);
  expect(heard).toEqual([]);

  answers[1]?.("new");
  await settle();
  expect(heard).toEqual(["select: new"]);
});

test("a failure is heard of and does not end the asking", async () => {
  const heard: string[] = [];
  const newest = new Newest<string, string>(
    (question) => (question === "bad" ? Promise.reject(new Error("no")) : Promise.resolve("yes")),
    (question, answer) =>
      void answer.then(
        () => heard.push(`${question} went well`),
        () => heard.push(`${question} failed`),
      ),
  );
  newest.want("bad");
  await new Promise((resolve) => setTimeout(resolve));
  newest.want("good");
  await new Promise((resolve) => setTimeout(resolve));
  expect(heard).toEqual(["bad failed", "good went well"]);
});

test("after the end nothing is heard of any more", async () => {
  const { heard, answers, newest, settle } = world();
  newest.want("a");
  newest.stop();
  answers[0]?.("late");
  await settle();
  expect(heard).toEqual([]);
});
