import{a}from"./chunk-6PMVRF3I.js";import"./chunk-UWKF7ZRC.js";import"./chunk-RAPN7MWH.js";export{a as Relations};
