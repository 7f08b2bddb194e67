import { bedrock } from './bedrock.ts';
import { elsewhere } from './kit/elsewhere.ts';
import type { Vendor } from './kit/vendor.ts';
import { kimiCode } from './kimi-code.ts';
import { mimo } from './mimo.ts';
import { minimax } from './minimax.ts';
import { moonshot } from './moonshot.ts';
import { qwen } from './qwen.ts';
import { siliconflow } from './siliconflow.ts';
import { stepfun } from './stepfun.ts';
import { xai } from './xai.ts';
import { zai } from './zai.ts';

const CODING: [string, string][] = [['/compatible-mode/v1', '/v1']];

/** Vendors at their other addresses: regions, and plans with keys of their own. */
export const REGIONS: readonly Vendor[] = [
  elsewhere(minimax, 'China', { hosts: ['api.minimaxi.com'], options: { region: 'china' } }),
  elsewhere(moonshot, 'China', { hosts: ['api.moonshot.cn'], options: { region: 'china' } }),
  elsewhere(kimiCode, 'the second region', { hosts: ['api.kimi.ai'], options: { region: 'ai' } }),
  elsewhere(zai, 'the plan', { hosts: ['api.z.ai'], options: { plan: 'coding' } }),
  elsewhere(zai, 'China', { hosts: ['open.bigmodel.cn'], options: { region: 'china' } }),
  elsewhere(zai, 'the plan in China', { hosts: ['open.bigmodel.cn'], options: { region: 'china', plan: 'coding' } }),
  elsewhere(qwen, 'the United States', { hosts: ['dashscope-us.aliyuncs.com'], options: { region: 'us' } }),
  elsewhere(qwen, 'China', { hosts: ['dashscope.aliyuncs.com'], options: { region: 'china' } }),
  elsewhere(qwen, 'the coding plan', {
    hosts: ['coding-intl.dashscope.aliyuncs.com'],
    options: { plan: 'coding' },
    paths: CODING,
  }),
  elsewhere(qwen, 'the coding plan in China', {
    hosts: ['coding.dashscope.aliyuncs.com'],
    options: { plan: 'coding', region: 'china' },
    paths: CODING,
  }),
  elsewhere(qwen, 'the token plan', {
    hosts: ['token-plan.ap-southeast-1.maas.aliyuncs.com'],
    options: { plan: 'token' },
  }),
  elsewhere(qwen, 'the token plan in China', {
    hosts: ['token-plan.cn-beijing.maas.aliyuncs.com'],
    options: { plan: 'token', region: 'china' },
  }),
  elsewhere(xai, 'the United States', { hosts: ['us.api.x.ai'], options: { region: 'us' } }),
  elsewhere(siliconflow, 'China', { hosts: ['api.siliconflow.cn'], options: { region: 'china' } }),
  elsewhere(mimo, 'the plan', { hosts: ['token-plan-sgp.xiaomimimo.com'], options: { plan: 'token' } }),
  elsewhere(mimo, 'the plan in Europe', {
    hosts: ['token-plan-ams.xiaomimimo.com'],
    options: { plan: 'token', region: 'europe' },
  }),
  elsewhere(mimo, 'the plan in China', {
    hosts: ['token-plan-cn.xiaomimimo.com'],
    options: { plan: 'token', region: 'china' },
  }),
  elsewhere(stepfun, 'China', { hosts: ['api.stepfun.com'], options: { region: 'china' } }),
  elsewhere(stepfun, 'the plan', {
    hosts: ['api.stepfun.ai'],
    options: { plan: 'step' },
    paths: [['', '/step_plan']],
  }),
  elsewhere(bedrock, 'Europe', { hosts: ['bedrock-mantle.eu-west-1.api.aws'], options: { region: 'eu-west-1' } }),
];
