import{a}from"./chunk-EDY5CVSW.js";import"./chunk-7VTSHYCH.js";import"./chunk-PSYEO2YT.js";export{a as Relations};
