import { TopicCommand } from '../../terminal/index.ts';

export default class Profile extends TopicCommand {
  static override summary = 'Pick one of the commands about profiles';
}
