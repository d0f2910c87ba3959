'use strict';

const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { startFault } = require('./faults.cjs');

const CALLBACKS_ENDED = 24;

/** Finds the function that a handler setting such as `src/index.handler` names. */
async function load(taskRoot, setting) {
  if (setting.includes('..')) {
    throw startFault(
      'MalformedHandlerName',
      `'${setting}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const base = path.basename(setting);
  const dot = base.indexOf('.');
  if (dot < 0) {
    throw startFault('MalformedHandlerName', 'Bad handler');
  }
  const folder = setting.slice(0, setting.length - base.length);
  const module = await loadModule(path.resolve(taskRoot, folder, base.slice(0, dot)), base.slice(0, dot), taskRoot);
  return callable(find(module, base.slice(dot + 1)), setting);
}

async function loadModule(file, name, taskRoot) {
  try {
    const found = ['', '.js', '.mjs', '.cjs'].map((end) => file + end).find(isFile);
    if (found === undefined) {
      return createRequire(path.join(taskRoot, 'index.js'))(createRequire(file).resolve(existing(file, name)));
    }
    return isEsm(found) ? await import(pathToFileURL(found).href) : createRequire(found)(found);
  } catch (error) {
    throw moduleFault(error, file, name);
  }
}

/** A folder with an index file, or a package below node_modules. */
function existing(file, name) {
  return fs.existsSync(file) ? file : name;
}

function moduleFault(error, file, name) {
  if (error instanceof SyntaxError) {
    return withStack(startFault('UserCodeSyntaxError', String(error)), error);
  }
  if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
    const own = error.code === 'MODULE_NOT_FOUND' && !fs.existsSync(file) && error.message.includes(`'${name}'`);
    const text = own ? `Error: Cannot find module '${name}'\nRequire stack:\n- the runtime` : String(error);
    return withStack(startFault('ImportModuleError', text), error);
  }
  return error;
}

function withStack(named, original) {
  named.stack = `${named.name}: ${named.message}\n${String(original.stack).split('\n').filter((line) => /^ +at /.test(line)).join('\n')}`;
  return named;
}

function isFile(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** `.mjs`, or `.js` under a package.json that says so. */
function isEsm(file) {
  if (file.endsWith('.mjs') || !file.endsWith('.js')) {
    return file.endsWith('.mjs');
  }
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (isFile(description)) {
      return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
    }
    if (folder === path.dirname(folder) || path.basename(folder) === 'node_modules') {
      return false;
    }
  }
}

function find(module, names) {
  return names.split('.').reduce((value, name) => value?.[name], module)
    ?? names.split('.').reduce((value, name) => value?.[name], module?.default);
}

function callable(handler, setting) {
  if (!handler) {
    throw startFault('HandlerNotFound', `${setting} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw startFault('HandlerNotFound', `${setting} is not a function`);
  }
  const version = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]);
  if (version >= CALLBACKS_ENDED && handler.length >= 3 && !handler[Symbol.for('gatehouse.streaming')]) {
    throw startFault(
      'CallbackHandlerDeprecated',
      `The handler ${setting} takes a callback, which nodejs${version}.x does not support: return a promise.`,
    );
  }
  return handler;
}

module.exports = { load };
