#!/usr/bin/env node
// `npx affidavit …`: the same as `npm start`'s runner, with the command's own arguments.
import '../../../libs/devkit/src/run.js';
