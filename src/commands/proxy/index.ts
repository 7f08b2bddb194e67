import { TopicCommand } from '../../terminal/index.ts';

export default class Proxy extends TopicCommand {
  static override summary = 'Pick one of the commands about the proxy';
}
