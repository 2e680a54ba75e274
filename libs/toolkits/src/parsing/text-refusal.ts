/** Why a text is not parsed, as a sentence goes on that began with what it is: "is nested too deeply". */
export class TextRefusal extends Error {
  constructor(readonly refusal: string) {
    super(refusal);
    this.name = 'TextRefusal';
  }
}
