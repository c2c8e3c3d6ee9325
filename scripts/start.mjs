// npm start: installs what is missing, then runs the program on the Node the project pins.
import { runProgram } from './run.mjs';

runProgram('src/main.ts', process.argv.slice(2));
